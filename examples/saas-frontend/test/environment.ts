/** Imported first: handlers read their settings when they are loaded, as in Lambda. */
Object.assign(process.env, { AWS_REGION: 'eu-west-1', NOTES_TABLE: 'notes' });
