export { default as AccountPage } from './account/AccountPage';
export { default as CasePage } from './case/CasePage';
export { default as CustomerPage } from './customer/CustomerPage';
export { default as DealPage } from './deal/DealPage';
export { default as EmployeePage } from './employee/EmployeePage';
export { default as NodePage } from './node/NodePage';
