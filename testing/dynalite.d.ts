/** The part of dynalite that the tests use; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** How long a table stays in CREATING, in milliseconds. */
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  /** An HTTP server that speaks DynamoDB, with its tables in memory. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
