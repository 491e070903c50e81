function t(e){return null}export{t as default};
