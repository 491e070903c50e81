function l(e){return null}export{l as default};
