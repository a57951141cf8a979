import type { Processes } from '../../job/processes.js';
import { linuxProcesses } from './linux.js';
import { macosProcesses } from './macos.js';

/** The processes of this machine. Those of Windows cannot be looked at, and do not know SIGINT. */
export function machineProcesses(platform: NodeJS.Platform = process.platform): Processes {
  switch (platform) {
    case 'linux':
      return linuxProcesses();
    case 'darwin':
      return macosProcesses();
    default:
      return BLIND;
  }
}

const BLIND: Processes = {
  ownStart: async () => undefined,
  look: async () => undefined,
  variablesOf: async () => 'unknown',
  holdOutput: async () => {},
  interrupt: async () => 'refused',
};
