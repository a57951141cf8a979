import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { toolPath } from './interop-tools.js';

/** A body as HashiCorp's parser has it; see `hcl-oracle/main.go`. */
export interface OracleBody {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly column: number;
  readonly attributes: readonly OracleAttribute[];
  readonly blocks: readonly OracleBody[];
}

export interface OracleAttribute {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** `{ string: 'x' }`, `{ tuple: [{ number: '1' }] }`; absent if it cannot be evaluated without variables. */
  readonly value?: unknown;
}

export interface OracleAnswer {
  /** Why it refuses the text; absent if it does not. */
  readonly errors?: readonly OracleError[];
  readonly body?: OracleBody;
  readonly value?: unknown;
}

export interface OracleError {
  readonly line: number;
  readonly column: number;
  readonly summary: string;
}

/** HashiCorp's own parser, in a process of its own. */
export interface HclOracle {
  ask(kind: 'body' | 'expression', text: string): Promise<OracleAnswer>;
  close(): void;
}

export function startHclOracle(): HclOracle {
  const program = spawn(toolPath('hcl_oracle'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((answer: OracleAnswer) => void)[] = [];
  createInterface({ input: program.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)));
  return {
    ask(kind, text) {
      program.stdin.write(`${JSON.stringify({ kind, text: Buffer.from(text).toString('base64') })}\n`);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      program.stdin.end();
    },
  };
}
