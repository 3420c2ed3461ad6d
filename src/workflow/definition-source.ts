import { readFileSync } from 'fs';
import { Stack, Validations } from 'aws-cdk-lib';
import { CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Definition, definitionText, readDefinition, Substitutions } from './definition';
import { judgeDefinition, judgeSecrets, unreadable } from './definition-checks';
import { SecureStateMachineProps } from './secure-state-machine-props';
import { filePath } from './state-machine-checks';

/** Where the definition of a machine can be read, if at all: in the template, or in the file that becomes an asset. */
export class DefinitionSource {
  constructor(private readonly machine: StateMachine, private readonly props: SecureStateMachineProps) {}

  /** The definition as it is now: lazy values may still change. */
  public get definition(): Definition | undefined {
    const { rendered, substitutions } = this;
    return rendered === undefined ? undefined : readDefinition(rendered, substitutions);
  }

  /** Judges the definition when the app is synthesized: only the end shows what became of lazy values. */
  public judgeAtEnd(): void {
    if (this.rendered === undefined) {
      Validations.of(this.machine).addWarning('cdk-secure-serverless:StateMachineDefinition',
        'The definition cannot be read here: nobody checks that its tasks have timeouts, that errors are caught and that it holds no secrets. '
        + 'Give it as chained states or as JSON.');
    }
    this.machine.node.addValidation({ validate: () => this.judge() });
  }

  private judge(): string[] {
    const { rendered, definition, substitutions, props, machine: { node: { path: place } } } = this;
    if (rendered === undefined) return [];
    const catchRequired = props.errorCatching?._offReason === undefined;
    return [
      ...definition === undefined ? [unreadable(place)] : judgeDefinition(definition, { place, catchRequired }),
      ...judgeSecrets([definitionText(rendered, substitutions), ...Object.values(substitutions).map((value) => definitionText(value))].join('\n'), place),
    ];
  }

  private get substitutions(): Substitutions {
    return Stack.of(this.machine).resolve(this.props.definitionSubstitutions ?? {}) as Substitutions;
  }

  /** Undefined for YAML, and for what somebody keeps in a bucket. */
  private get rendered(): unknown {
    const path = filePath(this.props.definitionBody);
    if (path !== undefined) return /\.ya?ml$/i.test(path) ? undefined : readFileSync(path, 'utf8');
    return Stack.of(this.machine).resolve((this.machine.node.defaultChild as CfnStateMachine).definitionString);
  }
}
