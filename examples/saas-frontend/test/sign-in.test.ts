import { challengeOf, finishSignIn, signOutAddress, startSignIn } from '../web/sign-in';

const CONFIG = { loginUrl: 'https://notes.auth.eu-west-1.amazoncognito.com', clientId: 'client', redirectUrl: 'https://notes.example.com/', scopes: ['notes/read'] };

test('the challenge is that of RFC 7636, appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('signing in asks for a code with a challenge, and never the same way twice', async () => {
  const [{ pending, address }, other] = [await startSignIn(CONFIG), await startSignIn(CONFIG)];
  const parameters = new URL(address).searchParams;
  expect(Object.fromEntries(parameters)).toEqual({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: 'https://notes.example.com/',
    scope: 'notes/read',
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
  });
  expect(other.pending.state).not.toBe(pending.state);
  expect(other.pending.verifier).not.toBe(pending.verifier);
});

test('the code is traded together with the verifier of this tab', async () => {
  const request = finishSignIn(CONFIG, { state: 's', verifier: 'v' }, 'https://notes.example.com/?code=c&state=s');
  expect(request.url).toBe('https://notes.auth.eu-west-1.amazoncognito.com/oauth2/token');
  expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
    grant_type: 'authorization_code', client_id: 'client', redirect_uri: 'https://notes.example.com/', code: 'c', code_verifier: 'v',
  });
});

test.each([
  ['the state is another', { state: 's', verifier: 'v' }, 'https://notes.example.com/?code=c&state=t'],
  ['nothing was begun in this tab', undefined, 'https://notes.example.com/?code=c&state=s'],
  ['there is no code', { state: 's', verifier: 'v' }, 'https://notes.example.com/?state=s'],
])('fails when %s: somebody else\'s sign-in is not taken over', (_, pending, address) => {
  expect(() => finishSignIn(CONFIG, pending, address)).toThrow('This sign-in was not begun here.');
});

test('signing out ends the session at the sign-in pages and comes back here', () => {
  expect(signOutAddress(CONFIG)).toBe('https://notes.auth.eu-west-1.amazoncognito.com/logout?client_id=client&logout_uri=https%3A%2F%2Fnotes.example.com%2F');
});
