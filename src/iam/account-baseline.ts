/**
 * Accounts in which AWS itself publishes Lambda layers: Lambda Insights, AppConfig, Parameters and Secrets, OpenTelemetry (all as the facts of
 * aws-cdk-lib/region-info list them), Powertools for AWS Lambda and the SDK for pandas.
 * @see https://docs.aws.amazon.com/powertools/python/latest/getting-started/install/
 * @see https://aws-sdk-pandas.readthedocs.io/en/stable/layers.html
 */
export const AWS_LAYER_ACCOUNTS = [
  '000010852771', '012438385374', '015030872274', '017000801446', '027255383542', '033019950311', '039592058896', '044395824272', '066549572091',
  '066940009817', '070087711984', '080788657173', '122132214140', '127562683043', '129776340158', '133256977650', '133490724326', '145023102084',
  '158895979263', '176022468876', '177933569100', '187925254637', '194566237122', '198461476570', '200266452380', '203683718741', '282860088358',
  '285320876703', '287114880934', '287310001119', '307021474294', '317013901791', '325218067255', '336392948345', '339249233099', '345057560386',
  '352183217350', '359756378197', '418787028745', '421114256042', '427196147048', '434848589818', '439286490199', '459530977127', '488211338238',
  '489524808438', '490737872127', '493207061005', '519774774795', '524103009944', '554480029851', '559955524753', '574348263942', '576959938190',
  '580247275435', '586093569114', '590183865173', '590474943231', '605207715842', '615057806174', '615084187847', '630222743974', '646970417810',
  '662846165436', '665172237481', '706869817123', '727646510379', '728743619870', '732604637566', '738900069198', '751350123760', '758369105281',
  '761018874580', '761377655185', '768336418462', '772501565639', '780235371811', '826293736237', '832021897121', '858974508948', '879381266642',
  '891564319516', '901920570463', '933737806257', '946466191631', '946561847325', '946746059096', '958113053741', '980059726660', '997803712105',
];

/**
 * Accounts of Elastic Load Balancing, which older regions ask to name in the policy of a log bucket.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const AWS_LOG_ACCOUNTS = [
  '009996457667', '027434742980', '033677994240', '037604701340', '048591011584', '054676820928', '076674570225', '091100254016', '098369216593',
  '114774131450', '121062877647', '127311923021', '156460612806', '190560391635', '383597477331', '412137745753', '507241528517', '582318560864',
  '589379963580', '600734575887', '635631232127', '638102146993', '652711504416', '718504428378', '740734521339', '754344448648', '770363063475',
  '783225319266', '797873946194', '897822967062', '985666609251',
];

/**
 * Services whose documentation has them tell the role that they assume for whom they act, by the name in front of their domain. Lambda and EC2
 * do not, since whoever may pass the role decides there; neither does SNS for the roles with which it logs deliveries.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const SOURCE_AWARE_SERVICES = [
  'apigateway', 'appsync', 'bedrock', 'cloudtrail', 'codebuild', 'datasync', 'dms', 'events', 'firehose', 'glue', 'iot', 'kinesisanalytics',
  'logs', 'osis-pipelines', 'pipes', 'scheduler', 'ses', 'ssm', 'states', 'transcribe', 'vpc-flow-logs',
];

/**
 * Services that name neither a source nor an account when they write, so that nothing can be asked for.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const SOURCELESS_SERVICES = ['logdelivery.elasticloadbalancing'];

/** A grant to services, and what it lets them do, that CDK and the examples of AWS write without saying for whom. */
export interface CustomaryGrant {
  /** None where it may be any. */
  readonly services?: readonly string[];
  /** In small letters. */
  readonly actions: RegExp;
}

/**
 * By what is granted. Keys, topics, log groups and trails get such statements from CDK itself, and nobody can change them there: asking for a
 * source is right, refusing to synthesize is not.
 *
 * | granted     | who writes it so                                                                                     |
 * |-------------|------------------------------------------------------------------------------------------------------|
 * | a key       | `grantEncryptDecrypt` for a service; notifications of buckets and rules to encrypted queues and topics |
 * | a topic     | the target of a rule; alarms                                                                         |
 * | a log group | the target of a rule; DNS queries                                                                    |
 * | a bucket    | trails, and logs of load balancers                                                                   |
 * | a function  | the rotation of secrets, and target groups of load balancers                                         |
 */
export const CUSTOMARY_GRANTS: { readonly [kind: string]: CustomaryGrant } = {
  'bucket': { services: ['cloudtrail', 'delivery.logs'], actions: /^s3:(getbucketacl|listbucket|putobject)$/ },
  'function': { services: ['elasticloadbalancing', 'secretsmanager'], actions: /^lambda:invokefunction$/ },
  'key': { actions: /^kms:(decrypt|describekey|encrypt|generatedatakey[a-z]*\*?|reencrypt(from|to|\*))$/ },
  'log group': { actions: /^logs:(createlogstream|putlogevents)$/ },
  'topic': { services: ['cloudwatch', 'codestar-notifications', 'events'], actions: /^sns:publish$/ },
};

/**
 * The canonical ids by which CloudFront puts its logs into buckets, in the partition of AWS and in that of China.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export const LOG_DELIVERY_IDS: readonly string[] = [
  'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0', 'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
];

/** An organization, as AWS Organizations names it. */
export const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
