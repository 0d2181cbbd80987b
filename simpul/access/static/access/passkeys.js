// The sign-in library tells of a passkey that failed in the console only; people need it on the page.
document.addEventListener("allauth.error", (event) => {
  const trouble = document.getElementById("passkey-trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "nearest" });
});
