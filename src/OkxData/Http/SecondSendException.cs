namespace OkxData.Http;

/// <summary>The HTTP stack was about to send a request a second time on one token.</summary>
/// <remarks>Not an <see cref="IOException"/>, which the stack would take for one more reason to send again.</remarks>
internal sealed class SecondSendException() : Exception("The connection died before answering, and the request is not sent again on the same token.");
