/** Of pages that few people open: cohorts and priorities. */
export const quotaRules = {
  cohorts: {
    add: 'New cohort',
    added: 'The cohort is there.',
    edit: 'Change {{name}}',
    since: 'Since',
    reclaim: 'Taking back what was lent',
    reclaimHelp: 'Whose work may be stopped when a tenant takes back what it lent.',
    reclaims: {
      never: 'waits until borrowers end',
      'lower-priority': 'stops borrowers of lower priority',
      any: 'stops any borrower',
    },
    remove: 'Remove the cohort {{name}}',
    removeAct: 'Remove the cohort',
    removeText: 'Only a cohort without quotas can go.',
    removed: 'The cohort was removed.',
    empty: 'No cohort yet',
    emptyText: 'A cohort is a pool of one cluster in which tenants lend and borrow what they do not use.',
  },
  priorities: {
    add: 'New priority',
    added: 'The priority is there.',
    edit: 'Change {{name}}',
    value: 'Value',
    valueHelp: 'Larger goes first, and may stop smaller of its own tenant.',
    within: 'Place is kept after',
    withinDefault: '10 min, as for all',
    withinHelp:
      'Inside its guarantee, work of this priority starts within this time. Empty: after ten minutes a place is kept.',
    who: 'Who may ask',
    everybody: 'everybody who submits',
    restricted: 'Only those whom their tenant allows',
    restrictedHelp: 'Tenant admins allow it person by person, on the page Quota.',
    remove: 'Remove the priority {{name}}',
    removeAct: 'Remove the priority',
    removeText: 'Only a priority that no job has can go.',
    removed: 'The priority was removed.',
    empty: 'No priority yet',
    emptyText:
      'A priority says who goes first. Most platforms need two: high, which is guaranteed, and low, which fills what is idle.',
  },
};
