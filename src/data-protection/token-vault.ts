import { Duration, Names } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { TokenVaultProps, VaultAccessOptions } from './token-vault-props';
import { VaultAccess } from './vault-access';
import { watchVault } from './vault-alarms';
import { ERASURE_DAYS, OPERATIONS, VaultOperation } from './vault-baseline';
import { callerAlias } from './vault-caller';
import { checkVault, generationsOf } from './vault-checks';
import { VaultKeys } from './vault-keys';
import { VaultTables } from './vault-tables';
import { classifyLogsOf } from '../classification/classified-logs';
import { placeOf, refuse } from '../core/configuration-error';
import { markOwn } from '../core/own-part';
import { shippedCode } from '../function/code/shipped-code';
import { NODEJS_RUNTIME } from '../function/function-baseline';
import { exactPermission } from '../function/invocation/invoke-permission';
import { SecureFunctionAlias } from '../function/invocation/secure-function-alias';
import { SecureFunction } from '../function/secure-function';
import { allow } from '../iam/exact-access';
import { LOG_WRITE_ACTIONS } from '../iam/iam-baseline';
import { encryptedLogGroup } from '../logging/encrypted-log-group';
import { SecureKey } from '../secrets/key/secure-key';

/**
 * Keeps sensitive values and gives out tokens in their place: a table, a queue or a log with tokens holds nothing that can be stolen from there.
 *
 * Tokenizing, detokenizing, searching and deleting are four functions with a role each. Who may tokenize cannot detokenize: not by its rights, and
 * not by the keys, whose own policies let in one function each, whatever IAM gives to others. Each record has a data key of its own, wrapped by KMS
 * for its tenant, field and token; deleting it makes the value unreadable, in backups of the values as well. Each caller has an alias of its own,
 * by which it is known, counted and limited; each decision stands in an audit log, without values, before it is answered.
 *
 * ```ts
 * const vault = new TokenVault(this, 'Vault', {
 *   fields: {
 *     card: TokenField.deterministic(TokenFormat.digits({ keepLast: 4 })),
 *     diagnosis: TokenField.random(),
 *   },
 * });
 * placeOrder.addEnvironment('TOKENIZE', vault.allowTokenize(placeOrder).functionArn);
 * ```
 *
 * Idle it costs 1 USD a month for the key that wraps, 1 for each key of deterministic fields, and its alarms: about 3 in production. Each request
 * costs one or two calls of KMS (0.03 USD for 10,000), of Lambda, and a few of DynamoDB.
 *
 * `docs/guides/data-protection.md` has the requests and answers, and what a deletion leaves readable for how long.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
 */
export class TokenVault extends Construct {
  /** Where each decision stands: who, what, whose, allowed or denied; no value and no token. */
  public readonly auditLogGroup: ILogGroup;
  /** The key that wraps the data keys. */
  public readonly encryptionKey: SecureKey;
  /** The alarms of the vault itself. */
  public readonly alarms: AlarmBase[];
  private readonly functions: { readonly [operation in VaultOperation]: SecureFunction };
  private readonly accesses = new Map<string, VaultAccess>();
  private readonly tables: VaultTables;
  private readonly keys: VaultKeys;

  /**
   * @throws ConfigurationError [TokenVault.Fields], [.FieldName], [.Erasure] or [.CodeKeys], [TokenFormat.KeepLast] or [DataClassification.*]
   * @throws ConfigurationError [SecureFunction.NetworkRequired] and others where the profile demands more of functions
   */
  constructor(scope: Construct, id: string, private readonly props: TokenVaultProps) {
    checkVault(placeOf(scope, id), props);
    super(scope, id);
    markOwn(this);
    const vaultId = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    this.tables = new VaultTables(this, props.erasure?.toDays() ?? ERASURE_DAYS.standard);
    this.keys = new VaultKeys(this, vaultId, generationsOf(props));
    this.auditLogGroup = encryptedLogGroup(this, 'AuditLog');
    this.encryptionKey = this.keys.wrapping;
    this.functions = {
      tokenize: this.makeFunction('tokenize', vaultId, { ...this.sealing(), ...this.coding() }),
      detokenize: this.makeFunction('detokenize', vaultId, this.sealing()),
      search: this.makeFunction('search', vaultId, this.coding()),
      delete: this.makeFunction('delete', vaultId, {}),
    };
    this.keys.share(this.functions.tokenize, this.functions.detokenize, this.functions.search);
    this.alarms = watchVault(this, this.auditLogGroup, props.alarms);
  }

  /**
   * Lets somebody turn values into tokens. Not back.
   * @throws ConfigurationError [TokenVault.Caller], [.CallerTwice], [.CallerFields] or [.RequestsPerMinute]
   */
  public allowTokenize(grantee: IGrantable, options: VaultAccessOptions = {}): VaultAccess {
    return this.let('tokenize', grantee, options);
  }

  /**
   * Lets somebody turn tokens back into values: as few as can be, and each with the least number of requests that it needs.
   * @throws ConfigurationError [TokenVault.Caller], [.CallerTwice], [.CallerFields] or [.RequestsPerMinute]
   */
  public allowDetokenize(grantee: IGrantable, options: VaultAccessOptions = {}): VaultAccess {
    return this.let('detokenize', grantee, options);
  }

  /**
   * Lets somebody find the token of a value in deterministic fields. It can try values out, as often as its limit says.
   * @throws ConfigurationError [TokenVault.NothingToSearch] when no field is deterministic
   * @throws ConfigurationError [TokenVault.Caller], [.CallerTwice], [.CallerFields] or [.RequestsPerMinute]
   */
  public allowSearch(grantee: IGrantable, options: VaultAccessOptions = {}): VaultAccess {
    if (generationsOf(this.props).length === 0) {
      refuse(this, {
        code: 'TokenVault.NothingToSearch', prop: 'allowSearch()', must: 'must go with a deterministic field', fix: 'make one of the fields TokenField.deterministic()',
      });
    }
    return this.let('search', grantee, options);
  }

  /**
   * Lets somebody delete records, and all of a tenant. After the vault's `erasure` nobody can bring them back.
   * @throws ConfigurationError [TokenVault.Caller], [.CallerTwice], [.CallerFields] or [.RequestsPerMinute]
   */
  public allowDelete(grantee: IGrantable, options: VaultAccessOptions = {}): VaultAccess {
    return this.let('delete', grantee, options);
  }

  private let(operation: VaultOperation, grantee: IGrantable, options: VaultAccessOptions): VaultAccess {
    const aliasName = callerAlias(this, operation, grantee, Object.keys(this.props.fields), options);
    const [name, mark] = aliasName.split('_');
    const caller = `${operation} ${name}_${mark}`;
    if (this.accesses.has(caller)) {
      refuse(this, {
        code: 'TokenVault.CallerTwice', prop: operation, must: 'must be allowed once for each caller', got: name, fix: 'remove one of the two calls, or give each caller a name',
      });
    }
    // that of the newest code: versions would only keep policies and code of old deployments callable
    const fn = this.functions[operation];
    exactPermission(fn, { principal: grantee.grantPrincipal }); // refuses before the alias is made
    const alias = new SecureFunctionAlias(fn, `Alias${aliasName}`, { aliasName, version: fn.latestVersion });
    const grant: Grant = alias.allowInvoke(grantee);
    if (this.props.dataClassification !== undefined) classifyLogsOf(grantee, this.props.dataClassification, this);
    const access = new VaultAccess(alias.functionArn, grant);
    this.accesses.set(caller, access);
    return access;
  }

  private makeFunction(operation: VaultOperation, vaultId: string, environment: { readonly [variable: string]: string }): SecureFunction {
    const { id, handler, seconds } = OPERATIONS[operation];
    const { network, reservedConcurrentExecutions, codeSigning, dataClassification } = this.props;
    const fn = new SecureFunction(this, id, {
      description: `${id} of the vault ${this.node.path}`.slice(0, 256),
      code: shippedCode(handler),
      handler: 'index.handler',
      runtime: new Runtime(NODEJS_RUNTIME, RuntimeFamily.NODEJS),
      timeout: Duration.seconds(seconds),
      environment: {
        VAULT: vaultId,
        FIELDS: JSON.stringify(Object.fromEntries(Object.entries(this.props.fields).map(([name, { _policy }]) => [name, _policy]))),
        AUDIT_LOG: this.auditLogGroup.logGroupName,
        ...this.tables.environmentOf(operation),
        ...environment,
      },
      network,
      reservedConcurrentExecutions,
      codeSigning,
      dataClassification,
    });
    this.tables.share(operation, fn);
    allow(this, { grantee: fn, actions: LOG_WRITE_ACTIONS, resources: [this.auditLogGroup.logGroupArn] });
    return fn;
  }

  private sealing(): { readonly [variable: string]: string } {
    return { KEY_ID: this.keys.wrapping.keyArn };
  }

  private coding(): { readonly [variable: string]: string } {
    return { MAC_KEYS: JSON.stringify(this.keys.codes.map(({ generation, key }) => ({ generation, keyId: key.keyArn }))) };
  }
}
