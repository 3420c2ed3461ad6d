/** Imported first: handlers read their settings when they are loaded, as in Lambda. */
Object.assign(process.env, {
  AWS_REGION: 'eu-west-1',
  INBOX_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/inbox',
  ORDERS_TABLE: 'orders',
  ORDERS_BY_DAY: 'byDay',
  RECEIPTS_BUCKET: 'receipts',
  SUMMARY_TOPIC: 'arn:aws:sns:eu-west-1:111122223333:summaries',
});
