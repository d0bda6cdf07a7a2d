using System.Text;
using NUnit.Framework;
using OkxData.Credentials;

namespace OkxData.Tests.Credentials;

public sealed class RequestSignerTests
{
    private const string Secret = "22582BD0CFF14C41EDBF1AB98506286D";

    private static readonly OkxCredentials Credentials = new("37c541a1-0000-0000-0000-10fe7a038418", Secret, "a passphrase");

    [TestCase("BTC", "FN++QZPqWIZja9FNV7ev3w3IvSQUleBYxtJidJKKB+E=")]
    [TestCase("ETH", "8lEI1AU0lCMFovq/1s9srJLDVLAJvSMN/Mkmw5Tb6IQ=")]
    public void Sign_Get_IsTheKnownSignature(string currency, string expected)
    {
        var timestamp = RequestSigner.Timestamp(new DateTimeOffset(2026, 8, 22, 18, 20, 0, TimeSpan.FromHours(2)));

        Assert.That(timestamp, Is.EqualTo("2026-08-22T16:20:00.000Z"));
        Assert.That(Credentials.Sign(RequestSigner.TextOfGet(timestamp, "/api/v5/account/balance?ccy=" + currency)), Is.EqualTo(expected));
    }

    [Test]
    public void Sign_LoginOfAWebSocket_IsTheKnownSignature()
    {
        var timestamp = RequestSigner.LoginTimestamp(DateTimeOffset.FromUnixTimeMilliseconds(1538054050975));

        Assert.That(timestamp, Is.EqualTo("1538054050"));
        Assert.That(RequestSigner.Sign(Encoding.UTF8.GetBytes(Secret), RequestSigner.TextOfLogin(timestamp)), Is.EqualTo("+LdIr8lkkvhr5hoA3g9TMC0+uQJ849ftAcocA/ouu4M="));
    }

    [Test]
    [SetCulture("ar-SA")]
    public void Timestamp_InACultureWithAnotherCalendar_IsTheSame() =>
        Assert.That(RequestSigner.Timestamp(new DateTimeOffset(2020, 12, 8, 9, 8, 57, 715, TimeSpan.Zero)), Is.EqualTo("2020-12-08T09:08:57.715Z"));
}
