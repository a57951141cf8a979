import type { BackendProblem } from '../src/job/backend-error.js';
import { type RequestFacts, translateError } from '../src/stores/aws/errors.js';

/** What a request to each service is told with. */
export const S3: RequestFacts = {
  service: 'S3',
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::states/network.tfstate',
  container: 'states',
  region: 'eu-central-1',
  credentialsTried: 'the environment',
};

export const DYNAMODB: RequestFacts = {
  service: 'DynamoDB',
  action: 'dynamodb:PutItem',
  resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
  container: 'locks',
  region: 'eu-central-1',
  credentialsTried: 'the environment',
};

/** An error as the SDK throws it. `fields` are what it parsed out of the body, and what Node.js adds. */
export function sdkError(name: string, message = 'AWS says so.', fields: object = {}): Error {
  return Object.assign(new Error(message), { name }, fields);
}

export const problemOf = (error: unknown, facts: RequestFacts): BackendProblem =>
  translateError(error, facts).problem;
