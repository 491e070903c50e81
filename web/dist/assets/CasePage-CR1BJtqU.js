function a(e){return null}export{a as default};
