import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { maskWithoutRunner } from '../../actions/masking.js';
import { run } from '../../actions/run-step.js';
import { styleFor } from '../../actions/terminal/style.js';
import { harmlessLines, terminalReport } from '../../actions/terminal/terminal-report.js';
import { terminalRunner } from '../../actions/terminal/terminal-runner.js';
import { commandHelp, programHelp, seeHelp } from '../../commands/cli/help.js';
import { jsonOf } from '../../commands/cli/json.js';
import { exitStatusOf, terminalFailuresIn } from '../../commands/cli/terminal-failures.js';
import {
  type Invocation,
  parseCommandLine,
  stepEnvironment,
} from '../../config/command-line/command-line.js';
import { type CommandName, flagsOf, inFlags } from '../../config/command-line/flags.js';
import type { Problem } from '../../job/problem.js';
import { VERSION } from '../../names/version.js';
import { COMMANDS } from './commands.js';
import { terminalSurface } from './terminal-surface.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

const answer = (line: string) => process.stdout.write(`${line}\n`);
const aside = (line: string) => process.stderr.write(`${line}\n`);

/** The program `lockkeeper`, for a terminal. */
export async function cli(): Promise<void> {
  maskWithoutRunner();
  const line = parseCommandLine(process.argv.slice(2), NAMES);
  switch (line.kind) {
    case 'help':
      process.stdout.write(line.command ? commandHelp(line.command) : programHelp(NAMES));
      return;
    case 'version':
      answer(VERSION);
      return;
    case 'wrong':
      for (const problem of line.problems) tellFailure({ title: 'Error', message: problem });
      aside(seeHelp(line.command));
      process.exitCode = 2;
      return;
    case 'command':
      await runCommand(line);
  }
}

async function runCommand(invocation: Invocation): Promise<void> {
  const { command, inputs, json, yes } = invocation;
  const flags = flagsOf(command);
  const { env } = process;
  const report = terminalReport({
    answer: json ? aside : answer,
    aside,
    style: {
      answer: styleFor(json ? process.stderr : process.stdout, env),
      aside: styleFor(process.stderr, env),
    },
    inFlags: (sentence) => inFlags(sentence, flags),
  });
  const runner = terminalRunner();
  const folder = resolve(inputs['working_directory'] ?? '.');
  const terminal = { env: stepEnvironment(env, invocation, { folder, temp: tmpdir() }), report, runner, yes };
  await run({
    failuresIn: terminalFailuresIn,
    tell: (failure) => {
      tellFailure({ ...failure, title: `Error: ${failure.title}`, message: inFlags(failure.message, flags) });
      return exitStatusOf(failure);
    },
    work: async (signal, over) => {
      signal.addEventListener('abort', () => aside('Stopping: what was taken is given back first.'));
      await COMMANDS[command]?.(terminalSurface(terminal, signal, over));
    },
  });
  if (json && runner.outputs.size > 0) answer(jsonOf(runner.outputs));
}

function tellFailure({ title, message }: Problem): void {
  const [first = '', ...others] = harmlessLines(message);
  aside(`${styleFor(process.stderr, process.env)('red', `${title}:`)} ${first}`);
  for (const line of others) aside(line);
}
