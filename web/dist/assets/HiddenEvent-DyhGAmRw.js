function e(n){return null}export{e as default};
