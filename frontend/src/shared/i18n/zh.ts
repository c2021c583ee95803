import type { shared as english } from './en';
import type { Translated } from './translated';

export const shared: Translated<typeof english> = {
  loading: '加载中',
  copy: '复制',
  copied: '已复制',
  copyDetails: '复制详情',
  requestId: '请求编号',
  retry: '重试',
  problems: {
    'internal-error': '服务器出错了,问题已记录',
    unreachable: '服务器暂时没有响应。数据没有丢失,请稍后重试。',
  },
  errorPage: {
    home: '回到首页',
    notFound: {
      title: '这个地址下没有内容',
      text: '它可能已被删除,或者属于您尚未加入的租户。该租户的所有者或管理员可以邀请您加入。',
    },
    forbidden: {
      title: '您可以查看,但不能执行此操作',
      text: '您的角色没有这项权限。租户的所有者或管理员可以调整您的角色。',
    },
    broken: { title: '页面无法显示', text: '以下信息可以帮助支持人员定位问题。' },
  },
};
