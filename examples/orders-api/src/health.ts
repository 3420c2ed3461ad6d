import { respond, route } from '../../common/http';

/** GET /health: says that the API answers. Anyone may call it, so it reads nothing and tells nothing. */
export const handler = route('GET /health', async () => respond(200, { status: 'ok' }));
