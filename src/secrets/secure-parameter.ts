import { Stack, Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ParameterDataType, ParameterTier, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { PARAMETER_BYTES, PARAMETER_DESCRIPTION, PARAMETER_NAME, PARAMETER_READ_ACTIONS, PARAMETER_WRITE_ACTIONS } from './parameter-baseline';
import { checkLength } from '../core/checks';
import { Place, placeOf, refuse } from '../core/configuration-error';
import { markOwn } from '../core/own-part';
import { secretIn } from '../core/secrets/secret-in-value';
import { allow } from '../iam/exact-access';
import { fragmentOf } from '../iam/principal-fragment';
import { needsResourcePolicy } from '../iam/resource-access';

/** Choices for a parameter. */
export interface SecureParameterProps {
  /** The value: configuration, readable for everybody who may read the template or the parameter. */
  readonly value: string;
  /**
   * The name: a path like `/shop/orders/batch-size`, so that rights can be given by name.
   * @default - CloudFormation makes one
   */
  readonly name?: string;
  /**
   * What the parameter is for, shown in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * A regular expression that each later value must match in full, like `\d{1,3}`. SSM refuses any other value, whoever writes it.
   * @default - any value
   */
  readonly allowedPattern?: string;
  /**
   * The tier. `ADVANCED` takes values up to 8 KB instead of 4 and costs 0.05 USD a month; it cannot go back to `STANDARD`.
   * @default ParameterTier.STANDARD
   */
  readonly tier?: ParameterTier;
}

/**
 * A parameter for configuration that is no secret.
 *
 * CloudFormation cannot make encrypted parameters (`SecureString`), so a value that looks like a secret is refused: use `SecureSecret`.
 *
 * ```ts
 * const batchSize = new SecureParameter(this, 'BatchSize', { name: '/shop/batch-size', value: '25', allowedPattern: '\\d{1,3}' });
 * batchSize.allowRead(placeOrder);
 * ```
 *
 * It costs nothing in the standard tier.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
 */
export class SecureParameter extends StringParameter {
  /**
   * @throws ConfigurationError [SecureParameter.Secret] when the value looks like a secret
   * @throws ConfigurationError [SecureParameter.Name] or [SecureParameter.Description] when SSM would not take the name, or the description
   * @throws ConfigurationError [SecureParameter.Value] when the value is empty, too large for its tier, or does not match its own pattern
   * @throws ConfigurationError [SecureParameter.AllowedPattern] when the pattern is no regular expression
   */
  constructor(scope: Construct, id: string, props: SecureParameterProps) {
    const place = placeOf(scope, id);
    const tier = props.tier ?? ParameterTier.STANDARD;
    checkName(place, props.name);
    checkLength(place, props.description, 0, PARAMETER_DESCRIPTION, { code: 'SecureParameter.Description', prop: 'description', fix: 'shorten it' });
    checkValue(place, props.value, tier);
    checkNoSecret(scope, place, id, props);
    checkPattern(place, props);
    super(scope, id, {
      parameterName: props.name,
      simpleName: props.name === undefined ? undefined : false,
      description: props.description,
      stringValue: props.value,
      allowedPattern: props.allowedPattern,
      dataType: ParameterDataType.TEXT,
      tier,
    });
    markOwn(this);
  }

  /**
   * Lets somebody read the parameter: `ssm:GetParameter` and `ssm:GetParameters`. Not its history.
   * @throws ConfigurationError [SecureParameter.Grantee] when the grantee takes no rights, like a service or another account
   */
  public allowRead(grantee: IGrantable): Grant {
    return this.allow(grantee, PARAMETER_READ_ACTIONS);
  }

  /**
   * Lets somebody change the value: `ssm:PutParameter`. CloudFormation puts the value of the template back only when that changes.
   * @throws ConfigurationError [SecureParameter.Grantee] when the grantee takes no rights, like a service or another account
   */
  public allowWrite(grantee: IGrantable): Grant {
    return this.allow(grantee, PARAMETER_WRITE_ACTIONS);
  }

  /** The same as `allowRead`. CDK's own lets readers see the history of the parameter as well. */
  public grantRead(grantee: IGrantable): Grant {
    return this.allowRead(grantee);
  }

  /** The same as `allowWrite`. */
  public grantWrite(grantee: IGrantable): Grant {
    return this.allowWrite(grantee);
  }

  private allow(grantee: IGrantable, actions: readonly string[]): Grant {
    const grant = allow(this, { grantee, actions, resources: [this.parameterArn] });
    if (!needsResourcePolicy(grant, this, grantee)) return grant;
    return refuse(this, {
      code: 'SecureParameter.Grantee',
      prop: 'grantee',
      must: 'must be a role, user or group of this account, because parameters have no policy of their own here',
      got: Stack.of(this).resolve(fragmentOf(grantee.grantPrincipal).principalJson),
      fix: 'give the right to a role that the principal can assume',
    });
  }
}

function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name)) return;
  const levels = name.split('/').slice(1);
  if (/^(\/[A-Za-z0-9_.-]+)+$/.test(name) && levels.length <= PARAMETER_NAME.levels && name.length <= PARAMETER_NAME.characters
    && !/^(aws|ssm)/i.test(levels[0])) return;
  refuse(place, {
    code: 'SecureParameter.Name',
    prop: 'name',
    must: `must be a path of at most ${PARAMETER_NAME.levels} levels of letters, digits and . _ - that does not begin with aws or ssm`,
    got: name,
    fix: "write it like '/shop/orders/batch-size'",
  });
}

function checkValue(place: Place, value: string, tier: ParameterTier): void {
  if (Token.isUnresolved(value)) return;
  const most = tier === ParameterTier.STANDARD ? PARAMETER_BYTES.standard : PARAMETER_BYTES.advanced;
  const bytes = Buffer.byteLength(value);
  if (bytes >= 1 && bytes <= most) return;
  refuse(place, {
    code: 'SecureParameter.Value',
    prop: 'value',
    must: `must be between 1 and ${most} bytes long in this tier`,
    got: `${bytes} bytes`,
    fix: bytes === 0 ? 'leave the parameter out' : bytes <= PARAMETER_BYTES.advanced ? 'pass tier: ParameterTier.ADVANCED' : 'keep it in a bucket',
  });
}

function checkPattern(place: Place, { value, allowedPattern }: SecureParameterProps): void {
  if (allowedPattern === undefined || Token.isUnresolved(allowedPattern)) return;
  const pattern = compile(place, allowedPattern);
  if (Token.isUnresolved(value) || pattern.test(value)) return;
  refuse(place, { code: 'SecureParameter.Value', prop: 'value', must: `must match its own allowedPattern ${allowedPattern} in full`, got: value, fix: 'change one of the two' });
}

function compile(place: Place, allowedPattern: string): RegExp {
  try {
    return new RegExp(`^(?:${allowedPattern})$`);
  } catch {
    return refuse(place, {
      code: 'SecureParameter.AllowedPattern', prop: 'allowedPattern', must: 'must be a regular expression', got: allowedPattern, fix: 'close its brackets, or leave it out',
    });
  }
}

/** The message names the kind of secret, never the value. */
function checkNoSecret(scope: Construct, place: Place, id: string, { name, value }: SecureParameterProps): void {
  const lastLevel = name === undefined || Token.isUnresolved(name) ? id : name.split('/').pop()!;
  const found = secretIn(scope, lastLevel, value);
  if (found === undefined) return;
  refuse(place, {
    code: 'SecureParameter.Secret',
    prop: 'value',
    must: `must not hold a secret, because nothing hides a parameter, and this looks like ${found}`,
    fix: 'keep it in a SecureSecret',
  });
}
