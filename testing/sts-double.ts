import { createServer, type IncomingMessage } from 'node:http';
import { type Listening, listen, readBody } from './http-server.js';

/** A request to the token service, as it came. */
export interface StsRequest {
  readonly action: string;
  /** By their names in the Query API, such as `PolicyArns.member.1.arn`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The access key; undefined if nobody signed. */
  readonly signedBy?: string;
  /** The region that it was signed for. */
  readonly region?: string;
}

/** What a role's session is signed with. */
export interface IssuedKey {
  readonly role: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** @example { status: 403, code: 'AccessDenied', message: '…' } */
export interface StsRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A token service of our own, which hands out every role to everybody until a test says otherwise. */
export interface StsDouble extends Listening {
  readonly requests: readonly StsRequest[];
  readonly issued: readonly IssuedKey[];
  /** Asked for each request; it is carried out unless this has a refusal. With `silence` it is never answered. */
  refuse: (request: StsRequest) => StsRefusal | 'silence' | undefined;
  /** Hears of each key that is handed out, before the client has it. */
  onIssue: (key: IssuedKey) => void;
  /** How long a session lasts; as long as was asked for unless set. */
  lifetimeMs: number | undefined;
}

export async function startStsDouble(): Promise<StsDouble> {
  const requests: StsRequest[] = [];
  const issued: IssuedKey[] = [];
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    requests.push(request);
    const refusal = double.refuse(request);
    if (refusal === 'silence') return;
    response.writeHead(refusal?.status ?? 200, { 'content-type': 'text/xml' });
    response.end(refusal ? errorXml(refusal) : answerTo(request));
  });
  const answerTo = (request: StsRequest): string => {
    if (request.action === 'GetCallerIdentity') return CALLER;
    const role = request.parameters['RoleArn'] ?? '';
    const number = String(issued.length + 1).padStart(4, '0');
    const key = {
      role,
      accessKeyId: `ASIAROLEEXAMPLE${number}`,
      secretAccessKey: `secret-of-session-${number}`,
      sessionToken: `token-of-session-${number}`,
    };
    issued.push(key);
    double.onIssue(key);
    const seconds = Number(request.parameters['DurationSeconds'] ?? 3600);
    const end = new Date(Date.now() + (double.lifetimeMs ?? seconds * 1000));
    return sessionXml(request, key, end);
  };
  const double: StsDouble = {
    ...(await listen(server)),
    requests,
    issued,
    refuse: () => undefined,
    onIssue: () => {},
    lifetimeMs: undefined,
  };
  return double;
}

async function readRequest(message: IncomingMessage): Promise<StsRequest> {
  const body = new URLSearchParams((await readBody(message)).toString());
  const { Action: action = '', Version: _, ...parameters } = Object.fromEntries(body);
  const signature = /Credential=([^/]+)\/\d+\/([^/]+)\/sts\//.exec(message.headers.authorization ?? '');
  return { action, parameters, signedBy: signature?.[1], region: signature?.[2] };
}

const NAMESPACE = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

function sessionXml({ action }: StsRequest, key: IssuedKey, end: Date): string {
  const { accessKeyId, secretAccessKey, sessionToken, role } = key;
  const arn = role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  return `<${action}Response ${NAMESPACE}><${action}Result>
<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:session</AssumedRoleId><Arn>${arn}/session</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>
<SessionToken>${sessionToken}</SessionToken><Expiration>${end.toISOString()}</Expiration></Credentials>
</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;
}

const CALLER = `<GetCallerIdentityResponse ${NAMESPACE}><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

function errorXml({ code, message }: StsRefusal): string {
  return `<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
}
