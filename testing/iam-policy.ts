/** What the least policies of the documents say of actions and resources; their conditions are not looked at. */
export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export interface Request {
  readonly action: string;
  /** Its ARN. */
  readonly resource: string;
}

/** Whether a policy of nothing but `Allow` allows a request. In a resource, `*` at the end stands for anything. */
export function allows(policy: readonly Statement[], { action, resource }: Request): boolean {
  return policy.some(
    ({ Action, Resource }) =>
      [Action].flat().includes(action) && [Resource].flat().some((pattern) => covers(pattern, resource)),
  );
}

function covers(pattern: string, text: string): boolean {
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}
