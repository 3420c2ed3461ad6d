import { readFileSync } from 'fs';
import { Stack, Validations } from 'aws-cdk-lib';
import { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Definition, definitionText, parseDefinition, readDefinition, Substitutions } from './definition';
import { judgeDefinition, judgeSecrets, unreadable } from './definition-checks';
import { SecureStateMachineProps } from '../secure-state-machine-props';
import { filePath } from '../state-machine-checks';

/** Where the definition of a machine can be read, if at all: in the template, or in the file that becomes an asset. */
export class DefinitionSource {
  constructor(private readonly machine: StateMachine, private readonly props: SecureStateMachineProps) {}

  /** The definition as it is now: lazy values may still change. */
  public get definition(): Definition | undefined {
    return this.isReadable ? readDefinition(this.rendered, this.substitutions) : undefined;
  }

  /** Judges the definition when the app is synthesized: only the end shows what became of lazy values. */
  public judgeAtEnd(): void {
    if (!this.isReadable) {
      Validations.of(this.machine).addWarning('cdk-secure-serverless:StateMachineDefinition',
        'The definition cannot be read here: nobody checks that its tasks have timeouts, that errors are caught and that it holds no secrets. '
        + 'Give it as chained states or as JSON.');
    }
    this.machine.node.addValidation({ validate: () => this.judge() });
  }

  private judge(): string[] {
    if (!this.isReadable) return [];
    const { substitutions, props, machine: { node: { path: place } } } = this;
    const text = definitionText(this.rendered, substitutions);
    const definition = parseDefinition(text);
    const catchRequired = props.errorCatching?._offReason === undefined;
    return [
      ...definition === undefined ? [unreadable(place)] : judgeDefinition(definition, { place, catchRequired }),
      ...judgeSecrets([text, ...Object.values(substitutions).map((value) => definitionText(value))].join('\n'), place),
    ];
  }

  private get substitutions(): Substitutions {
    return Stack.of(this.machine).resolve(this.props.definitionSubstitutions ?? {}) as Substitutions;
  }

  /** YAML cannot be read, nor what somebody keeps in a bucket. */
  private get isReadable(): boolean {
    const path = filePath(this.props.definitionBody);
    return path === undefined ? this.definitionString !== undefined : !/\.ya?ml$/i.test(path);
  }

  private get rendered(): unknown {
    const path = filePath(this.props.definitionBody);
    return path === undefined ? Stack.of(this.machine).resolve(this.definitionString) : readFileSync(path, 'utf8');
  }

  private get definitionString(): string | undefined {
    return (this.machine.node.defaultChild as CfnStateMachine).definitionString;
  }
}
