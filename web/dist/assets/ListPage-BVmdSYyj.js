function e(t){return null}export{e as default};
