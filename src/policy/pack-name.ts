/**
 * Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. It stands in a file
 * of its own, so that what only names the pack does not load its rules.
 */
export const PACK_NAME = 'ServerlessSecurity';
