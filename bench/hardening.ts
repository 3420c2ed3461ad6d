/**
 * What hardening costs at synthesis: an app of plain aws-cdk-lib, the same hardened, the same with a dry run, which makes nothing, and the same
 * with what hardening adds as bare L1s: about what these resources cost CDK by themselves, whoever makes them.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/hardening.ts [rounds]
 *
 * Exits with 1 when the hardened app takes more than 1.25 times what the plain one takes.
 */
import { compare } from './harness';

void compare({
  unit: 'functions',
  sizes: [20, 200, 1000],
  judgedFrom: 200,
  limit: 1.25,
  addsResources: true,
  variants: ['plain, hardened', 'plain', 'plain, looked at', 'plain, with bare L1s'],
}, Number(process.argv[2] ?? 5));
