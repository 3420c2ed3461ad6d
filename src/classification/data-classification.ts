import { CustomDataIdentifier, DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { CREDENTIALS, FINANCIAL, HEALTH, KindOfData, PERSONAL } from './classification-baseline';

/** Where the people live whose data is held. */
export interface CountryOptions {
  /**
   * ISO codes of two capital letters. CloudWatch Logs knows documents and numbers of some countries only; one that it does not know for this
   * kind of data is refused, so that nobody believes it is masked.
   * @default - all that CloudWatch Logs knows; each GB of logs costs the same, but numbers of many countries match more that is none
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html
   */
  readonly countries?: string[];
}

interface Part {
  readonly label: string;
  readonly identifiers: readonly DataIdentifier[];
  /** Countries that AWS has nothing for, and those that it has something for. */
  readonly unknown?: readonly string[];
  readonly known?: readonly string[];
}

/**
 * What kinds of sensitive data something holds: a table, a bucket, a topic, a function or a route. It is said once, and turns on what
 * follows from it:
 *
 * * the log groups of all functions and state machines of this library that get rights there hide these values, in every profile;
 * * each of these log groups has an alarm on values that were found, where the profile has full alarms (0.10 USD a month);
 * * the resource has the tag `data-classification`, `financial+personal` for example, that policies, inventories and the report may read.
 *
 * Credentials are part of every classification. Scanning costs 0.12 USD for each GB of logs.
 *
 * ```ts
 * const customers = new SecureTable(this, 'Customers', {
 *   partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
 *   dataClassification: DataClassification.personal({ countries: ['DE', 'FR'] }).plus(DataClassification.financial({ countries: ['DE', 'FR'] })),
 * });
 * ```
 */
export class DataClassification {
  /** Keys and passwords that AWS recognises: AWS secret keys and private keys. */
  public static credentials(): DataClassification {
    return new DataClassification([{ label: 'credentials', identifiers: managed(CREDENTIALS) }]);
  }

  /** Names, addresses, e-mail addresses; and for each country what it gives its people: passports, licences, tax and phone numbers. */
  public static personal(options: CountryOptions = {}): DataClassification {
    return new DataClassification([partOf('personal', PERSONAL, options)]);
  }

  /** Numbers, dates and codes of payment cards; and for each country its account numbers. */
  public static financial(options: CountryOptions = {}): DataClassification {
    return new DataClassification([partOf('financial', FINANCIAL, options)]);
  }

  /** Numbers of patients, insurances and prescriptions, for each country: those of the European Union share a health insurance card. */
  public static health(options: CountryOptions = {}): DataClassification {
    return new DataClassification([partOf('health', HEALTH, options)]);
  }

  /**
   * Values of your own, by a pattern: `DataClassification.custom('EmployeeId', 'EMP-[0-9]{6}')`. Ten of them at most can meet in one log group.
   * @throws ConfigurationError [LogMasking.IdentifierName] or [LogMasking.IdentifierRegex] for what CloudWatch Logs would not take, where it is used
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-custom-data-identifiers.html
   */
  public static custom(name: string, regex: string): DataClassification {
    return new DataClassification([{ label: name, identifiers: [new CustomDataIdentifier(name, regex)] }]);
  }

  /** Other identifiers that AWS manages, under a name of your own: `DataClassification.identified('location', DataIdentifier.LATLONG)`. */
  public static identified(name: string, ...identifiers: DataIdentifier[]): DataClassification {
    return new DataClassification([{ label: name, identifiers }]);
  }

  private constructor(private readonly parts: readonly Part[]) {}

  /** This and another kind of data. */
  public plus(other: DataClassification): DataClassification {
    return new DataClassification([...this.parts, ...other.parts]);
  }

  /** The kinds in one text, as the tag has it: `financial+personal`. */
  public get label(): string {
    return [...new Set(this.parts.map(({ label }) => label))].sort().join('+');
  }

  /**
   * What is masked, credentials included.
   * @internal
   */
  public get _identifiers(): readonly DataIdentifier[] {
    return [...new Map([...managed(CREDENTIALS), ...this.parts.flatMap(({ identifiers }) => identifiers)].map((one) => [one.name, one])).values()];
  }

  /**
   * The first kind with countries that AWS has nothing for.
   * @internal
   */
  public get _unknownCountries(): { readonly kind: string; readonly unknown: readonly string[]; readonly known: readonly string[] } | undefined {
    const part = this.parts.find(({ unknown = [] }) => unknown.length > 0);
    return part && { kind: part.label, unknown: part.unknown!, known: part.known! };
  }
}

function partOf(label: string, { everywhere, byCountry }: KindOfData, options: CountryOptions): Part {
  const known = Object.keys(byCountry).sort();
  const countries = options.countries ?? known;
  const own = (country: string): readonly string[] => (Object.hasOwn(byCountry, country) ? byCountry[country] : []);
  return {
    label,
    identifiers: managed([...everywhere, ...countries.flatMap(own)]),
    unknown: countries.filter((country) => own(country).length === 0),
    known,
  };
}

function managed(names: readonly string[]): DataIdentifier[] {
  return names.map((name) => new DataIdentifier(name));
}
