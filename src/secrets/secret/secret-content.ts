import { SecretValue } from 'aws-cdk-lib';
import { SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { SECRET_LENGTH } from './secret-baseline';

/** How Secrets Manager makes the value of a secret. */
export interface GeneratedSecret {
  /**
   * Number of characters: from 32 to 4096.
   * @default 32
   */
  readonly length?: number;
  /**
   * Characters that the system for which the secret is made does not take.
   * @default - none
   */
  readonly excludeCharacters?: string;
  /**
   * Only letters and digits. 32 of them are still out of reach for guessing.
   * @default false
   */
  readonly excludePunctuation?: boolean;
  /**
   * What stands beside the generated value in a JSON document and is no secret, like `{ username: 'shop' }`. It is readable in the template.
   * @default - the secret is the generated value alone
   */
  readonly fields?: { [name: string]: string };
  /**
   * The field that holds the generated value.
   * @default 'password', where there are fields
   */
  readonly secretField?: string;
}

/** What a secret holds. Never a value that stands in code: templates, their history and version control would show it. */
export class SecretContent {
  /** A random value that Secrets Manager makes when the stack is deployed, and that nobody has seen. */
  public static generated(options: GeneratedSecret = {}): SecretContent {
    return new SecretContent(options, undefined, undefined);
  }

  /**
   * A value that CloudFormation fetches or is given when it deploys: `SecretValue.secretsManager`, `.cfnParameter` (with NoEcho) or
   * `.resourceAttribute`. Not `.ssmSecure`, which CloudFormation does not fetch for a secret.
   */
  public static from(value: SecretValue): SecretContent {
    return new SecretContent(undefined, value, undefined);
  }

  /** A JSON document of such values. */
  public static fields(values: { [name: string]: SecretValue }): SecretContent {
    return new SecretContent(undefined, undefined, values);
  }

  private constructor(
    /** @internal */ public readonly _generated: GeneratedSecret | undefined,
    /** @internal */ public readonly _value: SecretValue | undefined,
    /** @internal */ public readonly _fields: { readonly [name: string]: SecretValue } | undefined,
  ) {}

  /** @internal */
  public get _generator(): SecretStringGenerator | undefined {
    if (this._generated === undefined) return undefined;
    const { length, excludeCharacters, excludePunctuation, fields, secretField } = this._generated;
    return {
      passwordLength: length ?? SECRET_LENGTH.standard,
      requireEachIncludedType: true,
      excludeCharacters,
      excludePunctuation,
      ...(fields !== undefined || secretField !== undefined) && {
        secretStringTemplate: JSON.stringify(fields ?? {}),
        generateStringKey: secretField ?? 'password',
      },
    };
  }
}
