import type { Translated } from '@shared/i18n/translated';
import type { shell as english } from './en';

export const shell: Translated<typeof english> = {
  skip: '跳到正文',
  signIn: { title: '登录' },
};
