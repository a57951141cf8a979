import { reachInputs } from './attributes/reach.js';
import type { Environment } from './environment.js';
import type { Format } from './formats.js';
import { CONFIGURED, type InputReader, secretTexts } from './input-reader.js';
import type { Proxies } from './settings.js';

type ReachReader = InputReader<typeof reachInputs>;

/**
 * The proxies; undefined if there is none. An attribute goes before the environment, and where it is an empty text there
 * is none. Without any for `https://`, the attribute `http_proxy` is meant for that too: Terraform has it so, with a warning.
 *
 * @see https://github.com/hashicorp/aws-sdk-go-base/blob/main/internal/config/config.go HTTPTransportOptions
 */
export function parseProxies(inputs: ReachReader): Proxies | undefined {
  const own = proxyOf(inputs, 'https_proxy');
  const http = proxyOf(inputs, 'http_proxy');
  const isForBoth = own === undefined && inputs.given('http_proxy', CONFIGURED) !== undefined;
  const https = isForBoth ? http : own;
  if (!https && !http) return undefined;
  const exceptions = (inputs.given('no_proxy')?.text ?? '').split(',');
  return {
    ...(https && { https }),
    ...(http && { http }),
    ...(isForBoth && { httpsFromHttp: true }),
    noProxy: exceptions.map((entry) => entry.trim()).filter(Boolean),
  };
}

/** Empty where none is to be asked, undefined where nothing is said. */
function proxyOf(inputs: ReachReader, name: 'https_proxy' | 'http_proxy'): string | undefined {
  return inputs.given(name)?.text === '' ? '' : inputs.read(name, proxyUrl);
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

/** The secrets in inputs and variables of the environment, used or not, and however they are mistyped. */
export function proxySecretsIn(env: Environment): string[] {
  const { https_proxy, http_proxy } = reachInputs;
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
