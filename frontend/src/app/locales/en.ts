export const shell = {
  skip: 'Skip to the content',
  signIn: { title: 'Sign in' },
};
