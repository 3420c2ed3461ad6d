/**
 * Time and memory of synth: this library against the same resources by hand with CDK's L2s, and against AWS Solutions Constructs.
 *
 *     npm run bench -- [rounds]
 *
 * Exits with 1 when the library takes more than 1.1 times what the same resources take by hand, or when they are not the same resources.
 * Judged is the lower of wall time and CPU time: synth is one thread that never waits, so that what only one of them shows is the machine
 * (other processes in the wall time, threads of the garbage collector in the CPU time).
 */
import { compare } from './harness';

void compare({
  unit: 'functions',
  sizes: [1, 20, 200],
  judgedFrom: 20, // with one function a synth is mostly CDK's own start, too short and too noisy to judge
  variants: ['ours', 'by hand', 'Solutions Constructs'],
}, Number(process.argv[2] ?? 7));
