/** Ready-made faults for rules of the fault proxy, and answers that look like those of AWS. */

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Answer, type Fault, passOn } from './fault-proxy.js';

/** The server never sees the request; the client gets this answer. */
export function answerInstead(answer: Answer): Fault {
  return (exchange) => exchange.answer(answer);
}

/** The server never sees the request; the client sees a reset connection. */
export function dropBefore(): Fault {
  return (exchange) => exchange.reset();
}

/** The server carries the request out; the client sees a reset connection in place of the answer. */
export function dropAfter(): Fault {
  return async (exchange) => {
    await exchange.forward();
    exchange.reset();
  };
}

/**
 * The server carries the request out; the client gets the head of the answer and `bytes` of its body, and then the end
 * of the connection. Of an answer without a body it gets nothing.
 */
export function cut(bytes: number): Fault {
  return async ({ forward, answerUpTo, hangUp }) => {
    const answer = await forward();
    if (lengthOf(answer) > 0) await answerUpTo(answer, bytes);
    hangUp();
  };
}

/**
 * The server carries the request out; the client gets the head of the answer and `bytes` of its body, and then waits
 * until it gives up or the proxy is closed.
 */
export function stall(bytes: number): Fault {
  return async ({ forward, answerUpTo }) => {
    await answerUpTo(await forward(), bytes);
  };
}

/** The server carries the request out; the client gets one byte of the body in each interval. */
export function trickle(intervalMs: number): Fault {
  return async ({ forward, answerUpTo }) => {
    const answer = await forward();
    for (let bytes = 1; bytes <= lengthOf(answer); bytes++) {
      if (!(await answerUpTo(answer, bytes))) return;
      await setTimeout(intervalMs);
    }
  };
}

/** The server carries the request out twice, as after a retry that nobody asked for; the client gets one of its answers. */
export function duplicate(seen: 'first' | 'second'): Fault {
  return async ({ forward, answer }) => {
    const answers = { first: await forward(), second: await forward() };
    answer(answers[seen]);
  };
}

/** The service asks for fewer requests, in its own words, and carries none out. */
export function throttle(): Fault {
  return byService(
    () => dynamodbError('ProvisionedThroughputExceededException', 'Request rate is too high.'),
    () => s3Error(503, 'SlowDown', 'Please reduce your request rate.'),
  );
}

/** The service is out of order, says so in its own words, and carries nothing out. */
export function outOfService(): Fault {
  return byService(
    () => dynamodbError('ServiceUnavailable', 'Service is temporarily unavailable.'),
    () => s3Error(503, 'ServiceUnavailable', 'Service is unable to handle request.'),
  );
}

/** The service does not take the session's token any more. */
export function expiredToken(): Fault {
  return byService(
    () => dynamodbError('ExpiredTokenException', 'The security token included in the request is expired'),
    () => s3Error(400, 'ExpiredToken', 'The provided token has expired.'),
  );
}

function byService(dynamodb: () => Answer, s3: () => Answer): Fault {
  return ({ request, answer }) => answer(request.operation === undefined ? s3() : dynamodb());
}

const lengthOf = ({ body = '' }: Answer): number => Buffer.byteLength(body);

/** The server never sees the request; the client waits until it gives up or the proxy is closed. */
export function hang(): Fault {
  return () => {};
}

export type Outage = Fault & {
  /** Lets every later request through. */
  end(): void;
};

/** The same fault for every request, until the test ends it. An outage of so many requests is a rule with `times`. */
export function outage(fault: Fault): Outage {
  let over = false;
  const either: Fault = (exchange) => (over ? passOn(exchange) : fault(exchange));
  return Object.assign(either, {
    end: () => {
      over = true;
    },
  });
}

export type Hold = Fault & {
  /** Lets every request through that is held now or will be. */
  release(): void;
};

/** The request waits in the proxy until the test releases it, and then goes its usual way. */
export function hold(): Hold {
  const gate = newGate();
  const fault: Fault = async (exchange) => {
    await gate.opened;
    await passOn(exchange);
  };
  return Object.assign(fault, { release: gate.open });
}

export type LateCommit = Fault & {
  /**
   * Sends to the server what was held back. Resolves with its answers, in the order in which the requests had come,
   * once it has carried all of them out.
   */
  release(): Promise<Answer[]>;
};

/**
 * The request stays in the network while its client is cut off at once (`reset`) or waits for ever (`hang`), and reaches
 * the server only when the test says so: a write that takes effect after its writer has given it up.
 */
export function commitLate(client: 'reset' | 'hang'): LateCommit {
  const held: (() => Promise<Answer>)[] = [];
  const fault: Fault = (exchange) => {
    held.push(exchange.forward);
    if (client === 'reset') exchange.reset();
  };
  return Object.assign(fault, {
    release: async () => {
      const answers: Answer[] = [];
      for (const commit of held.splice(0)) answers.push(await commit());
      return answers;
    },
  });
}

/** Where DynamoDB's errors stand apart from the usual 400 of its own name space. */
const dynamodbStatus: Readonly<Record<string, number>> = {
  InternalServerError: 500,
  ServiceUnavailable: 503,
};
const ofAllServices =
  /^(AccessDenied|ExpiredToken|InvalidSignature|MissingAuthenticationToken|Throttling|UnrecognizedClient)/;

/** @example dynamodbError('ProvisionedThroughputExceededException', 'Slow down.') */
export function dynamodbError(code: string, message: string): Answer {
  const namespace = ofAllServices.test(code)
    ? 'com.amazon.coral.service'
    : 'com.amazonaws.dynamodb.v20120810';
  return {
    status: dynamodbStatus[code] ?? 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify({ __type: `${namespace}#${code}`, message }),
  };
}

/** @example s3Error(503, 'SlowDown', 'Please reduce your request rate.') */
export function s3Error(status: number, code: string, message: string = code): Answer {
  const requestId = randomUUID();
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
  };
}

function newGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
