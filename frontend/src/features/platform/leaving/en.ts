export const leaving = {
  leaving: {
    title: 'Deactivate {{name}}',
    text: 'All sessions and API tokens (working ones: {{tokens}}) end at once. Roles (held: {{roles}}) stay in case they come back. Jobs run on.',
    onlyOwner: 'Nobody else owns {{tenants}}: name who follows.',
    nothing: 'No job that is not over and no template is theirs.',
    more: 'and {{count}} more',
    to: 'What is theirs goes to',
    toHelp: 'The address of somebody with a role in the same tenants. Empty: it stays in their name.',
    deactivate: 'Deactivate',
    done: 'The account is deactivated.',
  },
  viewAs: {
    title: 'Look as {{name}}',
    text: 'You see what {{name}} sees, and change nothing. Your name, theirs and the reason go into the audit trail of the platform and of their tenants.',
    reason: 'Reason',
    reasonHelp: 'Such as the number of their ticket.',
    lasts: 'For at most',
    minutes_one: '{{count}} minute',
    minutes_other: '{{count}} minutes',
    start: 'Look',
  },
};
