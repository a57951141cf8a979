import { proxyVariables } from './attributes/variables.js';
import type { Environment } from './environment.js';
import type { Format } from './formats.js';
import { type InputReader, type Origin, secretTexts } from './input-reader.js';
import type { Proxies } from './settings.js';

const VARIABLES: readonly Origin[] = ['environment'];

/** The proxies of the environment; undefined if there is none. */
export function parseProxies(variables: InputReader<typeof proxyVariables>): Proxies | undefined {
  const https = variables.read('https_proxy', proxyUrl, VARIABLES);
  const http = variables.read('http_proxy', proxyUrl, VARIABLES);
  if (https === undefined && http === undefined) return undefined;
  const exceptions = (variables.given('no_proxy', VARIABLES)?.text ?? '').split(',');
  return { https, http, noProxy: exceptions.map((entry) => entry.trim()).filter(Boolean) };
}

const EXPECTED =
  'the address of an HTTP proxy, such as http://proxy.example.com:3128, ' +
  'with special characters of a user name or password percent-encoded';

/**
 * The address of a proxy, as a URL; without a scheme it means `http://`, as in Go. What Go cannot read it passes by
 * without a word, and the requests go straight to AWS: here that is refused.
 */
const proxyUrl: Format<string> = (text) => {
  const written = /^\w+:\/\//.test(text) ? text : `http://${text}`;
  const isProxy = /^https?:\/\/[^/\s]+\/?$/i.test(written) && URL.canParse(written);
  const url = isProxy ? new URL(written) : undefined;
  return url && saysOnlyWhere(url) ? { value: url.href } : { expected: EXPECTED };
};

/** What follows the host is a part of a password that was not encoded. */
function saysOnlyWhere({ pathname, search, hash, username, password }: URL): boolean {
  const isEncoded = decoded(username) !== undefined && decoded(password) !== undefined;
  return pathname === '/' && search === '' && hash === '' && isEncoded;
}

/** The secrets in the variables of the environment, used or not, and however they are mistyped. */
export function proxySecretsIn(env: Environment): string[] {
  const { https_proxy, http_proxy } = proxyVariables;
  return secretTexts(env, { https_proxy, http_proxy }).flatMap(proxySecrets);
}

interface Login {
  readonly user: string;
  readonly password: string;
}

/** The user name and the password in a proxy's address: as they are written, as they are meant, and as they are sent. */
export function proxySecrets(address: string): string[] {
  const given = [writtenLogin(address), parsedLogin(address)];
  const meant = given.map(({ user, password }) => ({
    user: decoded(user) ?? user,
    password: decoded(password) ?? password,
  }));
  const texts = [...given, ...meant].flatMap(({ user, password }) => {
    const sent = Buffer.from(`${user}:${password}`).toString('base64');
    return user === '' && password === '' ? [] : [user, password, sent];
  });
  return [...new Set(texts)].filter(Boolean);
}

/** Whatever stands before the last `@`: to a parser, a host ends at a slash that is a part of the password. */
function writtenLogin(address: string): Login {
  const [, login = ''] = /^(?:\w+:\/\/)?(.*)@/s.exec(address) ?? [];
  const [user = '', ...rest] = login.split(':');
  return { user, password: rest.join(':') };
}

/** A URL may hold other characters than were written: `^` becomes `%5E`. */
function parsedLogin(address: string): Login {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return { user: url?.username ?? '', password: url?.password ?? '' };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
