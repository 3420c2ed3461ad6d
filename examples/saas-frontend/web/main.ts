/// <reference lib="dom" />
import { finishSignIn, PendingSignIn, SignInConfig, signOutAddress, startSignIn } from './sign-in';

interface PageConfig extends SignInConfig {
  /** Address of the API, without a slash at the end. */
  readonly apiUrl: string;
}

interface Note {
  readonly noteId: string;
  readonly title: string;
  readonly text: string;
}

/** The tokens live in this variable and nowhere else: a script that got into the page later finds none in storage. */
let accessToken: string | undefined;

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const say = (text: string): void => { element('status').textContent = text; };

async function main(): Promise<void> {
  const config = await (await fetch('/config.json')).json() as PageConfig;
  if (new URL(location.href).searchParams.has('code')) accessToken = await tokensFor(config);
  if (accessToken === undefined) return offerSignIn(config);
  element('new-note').hidden = false;
  element('sign-out').hidden = false;
  element('sign-out').addEventListener('click', () => location.assign(signOutAddress(config)));
  element<HTMLFormElement>('new-note').addEventListener('submit', (event) => {
    event.preventDefault();
    void save(config, event.target as HTMLFormElement).catch(complain);
  });
  await show(config);
}

function offerSignIn(config: PageConfig): void {
  const button = element<HTMLButtonElement>('sign-in');
  button.hidden = false;
  button.addEventListener('click', () => {
    void startSignIn(config).then(({ pending, address }) => {
      sessionStorage.setItem('pending', JSON.stringify(pending));
      location.assign(address);
    });
  });
}

async function tokensFor(config: PageConfig): Promise<string> {
  const pending = JSON.parse(sessionStorage.getItem('pending') ?? 'null') as PendingSignIn | null;
  sessionStorage.removeItem('pending');
  const answer = await fetch(finishSignIn(config, pending ?? undefined, location.href));
  history.replaceState(null, '', '/');
  if (!answer.ok) throw new Error('The sign-in was refused.');
  return (await answer.json() as { access_token: string }).access_token;
}

async function call(config: PageConfig, path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`${config.apiUrl}${path}`, { ...init, headers: { 'authorization': `Bearer ${accessToken}`, 'content-type': 'application/json' } });
  if (!answer.ok) throw new Error((await answer.json() as { message: string }).message);
  return answer;
}

async function show(config: PageConfig): Promise<void> {
  const { notes } = await (await call(config, '/notes')).json() as { notes: Note[] };
  element('notes').replaceChildren(...notes.map(({ noteId, title, text }) => {
    const item = document.createElement('li');
    item.textContent = `${title}: ${text} `; // as text, whatever stands in it
    item.append(removeButton(config, noteId));
    return item;
  }));
  say(`${notes.length} notes`);
}

function removeButton(config: PageConfig, noteId: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.textContent = 'Remove';
  button.addEventListener('click', () => void call(config, `/notes/${noteId}`, { method: 'DELETE' }).then(() => show(config)).catch(complain));
  return button;
}

async function save(config: PageConfig, form: HTMLFormElement): Promise<void> {
  await call(config, '/notes', { method: 'POST', body: JSON.stringify(Object.fromEntries(new FormData(form))) });
  form.reset();
  await show(config);
}

function complain(error: Error): void {
  say(error.message);
}

main().catch(complain);
