function t(n){return null}export{t as default};
