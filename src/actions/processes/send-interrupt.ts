/** Sends SIGINT to one process, and tells what came of it. */
export function sendInterrupt(pid: number): 'sent' | 'gone' | 'refused' {
  try {
    process.kill(pid, 'SIGINT');
    return 'sent';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'refused';
  }
}
