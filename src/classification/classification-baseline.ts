/** The tag that says what kinds of sensitive data a resource holds: `financial+personal`. */
export const CLASSIFICATION_TAG = 'data-classification';

/** The longest value of a tag. */
export const TAG_CHARACTERS = 256;

/**
 * The managed data identifiers of CloudWatch Logs, by what they tell of somebody. Those that AWS knows for one country end in its code.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html
 */
export const CREDENTIALS: readonly string[] = ['AwsSecretKey', 'OpenSshPrivateKey', 'PgpPrivateKey', 'PkcsPrivateKey', 'PuttyPrivateKey'];

/** What exists for one kind of data, everywhere and in one country only. */
export interface KindOfData {
  readonly everywhere: readonly string[];
  readonly byCountry: { readonly [country: string]: readonly string[] };
}

const CARDS: readonly string[] = ['CreditCardExpiration', 'CreditCardNumber', 'CreditCardSecurityCode'];

export const FINANCIAL: KindOfData = {
  everywhere: CARDS,
  byCountry: Object.fromEntries(['DE', 'ES', 'FR', 'GB', 'IT', 'US'].map((country) => [country, [`BankAccountNumber-${country}`]])),
};

/** Members of the European Union of which AWS knows nothing but their driving licences, and the health insurance card. */
const SMALLER_MEMBERS = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DK', 'EE', 'FI', 'GR', 'HR', 'HU', 'IE', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
];

export const PERSONAL: KindOfData = {
  everywhere: ['Address', 'EmailAddress', 'Name'],
  byCountry: {
    ...Object.fromEntries(['AU', ...SMALLER_MEMBERS].map((country) => [country, [`DriversLicense-${country}`]])),
    BR: ['CepCode-BR', 'Cnpj-BR', 'CpfCode-BR', 'PhoneNumber-BR', 'RgNumber-BR'],
    CA: ['DriversLicense-CA', 'PassportNumber-CA', 'PermanentResidenceNumber-CA', 'PostalCode-CA', 'SocialInsuranceNumber-CA'],
    DE: ['DriversLicense-DE', 'NationalIdentificationNumber-DE', 'PassportNumber-DE', 'PhoneNumber-DE', 'TaxId-DE'],
    ES: [
      'DriversLicense-ES', 'NationalIdentificationNumber-ES', 'NieNumber-ES', 'NifNumber-ES', 'PassportNumber-ES', 'PhoneNumber-ES', 'Ssn-ES', 'TaxId-ES',
    ],
    FR: ['DriversLicense-FR', 'InseeCode-FR', 'PassportNumber-FR', 'PhoneNumber-FR', 'TaxId-FR'],
    GB: ['DriversLicense-GB', 'ElectoralRollNumber-GB', 'NationalInsuranceNumber-GB', 'PassportNumber-GB', 'PhoneNumber-GB', 'TaxId-GB'],
    IT: ['DriversLicense-IT', 'NationalIdentificationNumber-IT', 'PassportNumber-IT', 'PhoneNumber-IT'],
    US: ['DriversLicense-US', 'IndividualTaxIdentificationNumber-US', 'PassportNumber-US', 'PhoneNumber-US', 'Ssn-US', 'ZipCode-US'],
  },
};

const EUROPEAN_CARD = 'HealthInsuranceCardNumber-EU';

export const HEALTH: KindOfData = {
  everywhere: [],
  byCountry: {
    ...Object.fromEntries(['DE', 'ES', 'IT', ...SMALLER_MEMBERS].map((country) => [country, [EUROPEAN_CARD]])),
    CA: ['PersonalHealthNumber-CA'],
    FR: [EUROPEAN_CARD, 'HealthInsuranceNumber-FR'],
    GB: ['NhsNumber-GB'],
    US: [
      'DrugEnforcementAgencyNumber-US', 'HealthInsuranceClaimNumber-US', 'HealthcareProcedureCode-US', 'MedicareBeneficiaryNumber-US', 'NationalDrugCode-US',
      'NationalProviderId-US',
    ],
  },
};

/** More than this many log lines with sensitive values in 5 minutes is a fault: nothing of the kind belongs into a log. */
export const FINDINGS_ALARM = 0;

/** Who brings findings, and other logs that services of AWS write in an account's name. */
export const LOG_DELIVERY_SERVICE = 'delivery.logs.amazonaws.com';

/** What it does with the key of a bucket. */
export const DELIVERY_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Log groups below this name need no resource policy of their own. */
export const FINDINGS_GROUP_PREFIX = '/aws/vendedlogs/findings/';
