import { AppstoreOutlined } from '@ant-design/icons';

export const icon = <AppstoreOutlined />;
