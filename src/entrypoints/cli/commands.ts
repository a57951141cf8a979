import type { CommandName } from '../../config/command-line/flags.js';
import { backupOn } from '../backup.js';
import { inspectOn } from '../inspect.js';
import type { Surface } from '../surface.js';
import { verifyOn } from '../verify.js';
import { restoreFromTerminal } from './restore.js';

/** What each command does. One that has no line here is no command, and no help names it. */
export const COMMANDS: Readonly<Partial<Record<CommandName, (surface: Surface) => Promise<void>>>> = {
  inspect: inspectOn,
  backup: backupOn,
  verify: verifyOn,
  restore: restoreFromTerminal,
};
