import type { Translated } from '@shared/i18n/translated';
import type { leaving as english } from './en';

export const leaving: Translated<typeof english> = {
  leaving: {
    title: '停用 {{name}} 的账号',
    text: '会话和 {{tokens}} 个令牌立即失效；{{roles}} 个角色保留，以便日后恢复；作业继续运行。',
    onlyOwner: '{{tenants}} 没有其他所有者，请指定接手人。',
    nothing: '没有未结束的作业，也没有模板。',
    more: '另有 {{count}} 项',
    to: '转交给',
    toHelp: '在相同租户中拥有角色的人的邮箱；留空则仍归其名下。',
    deactivate: '停用',
    done: '账号已停用。',
  },
  viewAs: {
    title: '以 {{name}} 的视角查看',
    text: '您将看到 {{name}} 所见的内容，但不能做任何修改。您的姓名、对方的姓名和原因会写入平台及其所在租户的审计记录。',
    reason: '原因',
    reasonHelp: '例如工单编号。',
    lasts: '最长',
    minutes_other: '{{count}} 分钟',
    start: '开始查看',
  },
};
