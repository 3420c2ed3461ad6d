// The built-in CloudFormation engine costs about 3 s in each process; test/builtin-validation.test.ts turns it on again.
process.env.CDK_VALIDATION = 'false';
