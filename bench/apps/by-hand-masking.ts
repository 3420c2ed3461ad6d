import { DataIdentifier, DataProtectionPolicy } from 'aws-cdk-lib/aws-logs';

const MASKED = [
  DataIdentifier.AWSSECRETKEY, DataIdentifier.OPENSSHPRIVATEKEY, DataIdentifier.PGPPRIVATEKEY, DataIdentifier.PKCSPRIVATEKEY,
  DataIdentifier.PUTTYPRIVATEKEY, DataIdentifier.BANKACCOUNTNUMBER_DE, DataIdentifier.BANKACCOUNTNUMBER_ES, DataIdentifier.BANKACCOUNTNUMBER_FR,
  DataIdentifier.BANKACCOUNTNUMBER_GB, DataIdentifier.BANKACCOUNTNUMBER_IT, DataIdentifier.BANKACCOUNTNUMBER_US, DataIdentifier.CREDITCARDNUMBER,
  DataIdentifier.CREDITCARDSECURITYCODE, DataIdentifier.EMAILADDRESS, DataIdentifier.SSN_US,
];

export function masking(): DataProtectionPolicy {
  return new DataProtectionPolicy({ name: 'masking', description: 'Masks credentials and personal data', identifiers: MASKED });
}
