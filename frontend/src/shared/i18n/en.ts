export const shared = {
  loading: 'Loading',
  copy: 'Copy',
  copied: 'Copied',
  copyDetails: 'Copy details',
  requestId: 'Request',
  retry: 'Try again',
  problems: {
    'internal-error': 'Something went wrong on our side; it has been logged',
    unreachable: 'The server does not answer. Nothing is lost; try again in a moment.',
  },
  errorPage: {
    home: 'Go to the start page',
    notFound: {
      title: 'There is nothing at this address',
      text: 'It may have been removed, or it belongs to a tenant that you are no member of. An owner or admin of that tenant can add you.',
    },
    forbidden: {
      title: 'You may see this, but not do it',
      text: 'Your role does not allow it. An owner or admin of the tenant can change your role.',
    },
    broken: { title: 'This page could not be shown', text: 'What follows helps whoever you ask for help.' },
  },
};
