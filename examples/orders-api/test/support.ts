import { APIGatewayProxyEvent } from 'aws-lambda';

export const ALICE = '3f0c6c1e-0000-4000-8000-00000000a11c';
export const BOB = '3f0c6c1e-0000-4000-8000-000000000b0b';

/** What API Gateway hands over after the user pool's authorizer let the caller in. */
export function requestOf(customer: string | undefined, parts: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  const claims = customer === undefined ? undefined : { sub: customer, email: 'customer@example.com', scope: 'orders/read orders/write' };
  return {
    body: null,
    pathParameters: null,
    queryStringParameters: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1', authorizer: claims && { claims } },
    ...parts,
  } as unknown as APIGatewayProxyEvent;
}

export function bodyOf(response: { body: string }): Record<string, unknown> {
  return JSON.parse(response.body);
}

/** Everything that the handlers logged, as one text, and silence on the terminal. */
export function captureLogs(): () => string {
  const lines: unknown[] = [];
  for (const method of ['info', 'error'] as const) {
    jest.spyOn(console, method).mockImplementation((...line: unknown[]) => { lines.push(line); });
  }
  return () => JSON.stringify(lines);
}
