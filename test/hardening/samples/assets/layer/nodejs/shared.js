exports.reply = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });
