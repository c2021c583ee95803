export const home = {
  title: 'Home',
  newJob: 'New job',
  whose: 'Whose jobs',
  everyone: 'Everyone',
  mine: 'Mine',
  quota: 'Quota of the tenant',
  noQuota: 'This tenant has no quota yet. A platform admin can grant one.',
  needs: { title: 'Needs you', nothing: 'Nothing needs you.' },
  runs: { title: 'Runs', nothing: 'Nothing runs.' },
  waits: { title: 'Waits', nothing: 'Nothing waits.' },
  all: 'All {{count}}',
  progress: 'Progress of {{name}}',
  eta: 'about {{duration}} left',
  empty: {
    title: 'No job has run here yet',
    text: 'A job trains something: one or more replicas of a command or image, with the CPU, memory and GPUs that they need. Start from a template, or write your own.',
  },
};
