/** The words of shells, loaded with the terminal. */
export const jobShell = {
  shell: {
    replica: 'Replica',
    open: 'Open a shell',
    again: 'Open a new shell',
    close: 'Close the shell',
    of: 'Shell in {{replica}}',
    keys: 'All keys go to the shell; F6 leaves it.',
    idle: 'It is closed when nothing is typed for',
    none: 'No replica runs. A shell is opened in one that does.',
    about:
      'A terminal in the running replica, with its files, environment and limits. The audit trail keeps that you had it and for how long, not what you type.',
    ended: {
      exited: 'The shell ended with exit code {{code}}.',
      'replica-ended': 'The replica ended, and the shell with it.',
      idle: 'Nothing was typed for a long time, so the shell was closed.',
      closed: 'The shell was closed.',
      'access-changed': 'Your access changed, so the shell was closed. If you may still open one, open it again.',
      'no-shell': 'The image of this replica has no shell (/bin/sh). Its log and metrics are still there.',
      'not-started': 'The cluster could not start it.',
      'gateway-stopped': 'The portal is being restarted. Open the shell again.',
      'too-many': 'You have too many shells open. Close one first.',
      ticket: 'The way into the replica was no longer valid. Open the shell again.',
      'not-understood': 'The console sent something that the server did not understand. Reload the page.',
      lost: 'The connection was lost. What you had started may have been ended.',
    },
  },
};
