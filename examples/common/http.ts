import { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { z } from 'zod';
import { logError, logInfo } from './log';

/** An answer other than success, with a message that the caller may read. */
export class HttpError extends Error {
  constructor(readonly statusCode: number, message: string, readonly details?: readonly string[]) {
    super(message);
  }
}

export type Route = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Answers with JSON that no browser or proxy keeps. */
export function respond(statusCode: number, body: unknown): APIGatewayProxyResult {
  return {
    statusCode,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
    body: JSON.stringify(body),
  };
}

/**
 * Runs a route and turns what it throws into an answer. An unexpected error says nothing about the inside: the caller gets the
 * request id, and the log, which the same id leads to, has the rest. It shows up in the API's 5xx alarm.
 */
export function route(name: string, handle: Route): Route {
  return async (event) => {
    const requestId = event.requestContext.requestId;
    try {
      const response = await handle(event);
      logInfo('request', { route: name, requestId, statusCode: response.statusCode });
      return response;
    } catch (error) {
      if (error instanceof HttpError) {
        logInfo('request', { route: name, requestId, statusCode: error.statusCode });
        return respond(error.statusCode, { message: error.message, details: error.details, requestId });
      }
      logError('request', error, { route: name, requestId, statusCode: 500 });
      return respond(500, { message: 'Something went wrong on our side.', requestId });
    }
  };
}

/** Who calls, as the user pool vouches for it. Nothing in the path, query or body can change it. */
export function customerOf(event: APIGatewayProxyEvent): string {
  const subject: unknown = event.requestContext.authorizer?.claims?.sub;
  if (typeof subject !== 'string' || subject === '') throw new HttpError(401, 'Please sign in.');
  return subject;
}

/** The body as the schema describes it. Fails with 400 and says where, without repeating what was sent. */
export function parseBody<T>(event: APIGatewayProxyEvent, schema: z.ZodType<T>): T {
  return check(schema, parseJson(event), 'The body');
}

/** Fails with 400 when a value does not match. */
export function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new HttpError(400, `${what} is not valid.`, result.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.code}`));
}

function parseJson(event: APIGatewayProxyEvent): unknown {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : event.body ?? '';
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The body is not JSON.');
  }
}
