/** Imported first: handlers read their settings when they are loaded, as in Lambda. */
Object.assign(process.env, { ORDERS_TABLE: 'orders', RECEIPTS_BUCKET: 'receipts', AWS_REGION: 'eu-west-1' });
