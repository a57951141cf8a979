import type { CommandName } from '../../config/command-line/flags.js';
import { inspectOn } from '../inspect.js';
import type { Surface } from '../surface.js';

/** What each command does. One that has no line here is no command, and no help names it. */
export const COMMANDS: Readonly<Partial<Record<CommandName, (surface: Surface) => Promise<void>>>> = {
  inspect: inspectOn,
};
