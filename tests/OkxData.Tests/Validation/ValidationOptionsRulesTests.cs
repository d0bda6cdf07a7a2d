using NUnit.Framework;
using OkxData.Validation;

namespace OkxData.Tests.Validation;

public sealed class ValidationOptionsRulesTests
{
    [Test]
    public void Check_Defaults_AreNone() => Assert.That(ValidationOptionsRules.Check(new ValidationOptions()), Is.Empty);

    [Test]
    public void Check_AtTheBounds_AreNone() =>
        Assert.That(ValidationOptionsRules.Check(new ValidationOptions { PriceSpikeFactor = 1_000_000, ZeroVolumeRunLength = 2, FlatRunLength = 1_000_000 }), Is.Empty);

    [Test]
    public void Check_EverythingWrong_NamesEachKeyValueAndRange()
    {
        var options = new ValidationOptions
        {
            OnError = (ValidationAction)7,
            OnWarning = (ValidationAction)(-1),
            PriceSpikeFactor = double.NaN,
            ZeroVolumeRunLength = 1,
            FlatRunLength = 1_000_001,
        };

        Assert.That(ValidationOptionsRules.Check(options), Is.EqualTo(new[]
        {
            "Validation.OnError is 7; it must be one of Report, Drop, Throw.",
            "Validation.OnWarning is -1; it must be one of Report, Drop, Throw.",
            "Validation.PriceSpikeFactor is NaN; it must be greater than 1 and at most 1000000.",
            "Validation.ZeroVolumeRunLength is 1; it must be from 2 to 1000000.",
            "Validation.FlatRunLength is 1000001; it must be from 2 to 1000000.",
        }));
    }

    [TestCase(1)]
    [TestCase(0.2)]
    [TestCase(-5)]
    [TestCase(double.PositiveInfinity)]
    public void Check_FactorOutOfRange_IsNamed(double factor) =>
        Assert.That(ValidationOptionsRules.Check(new ValidationOptions { PriceSpikeFactor = factor }).Single(), Does.StartWith("Validation.PriceSpikeFactor is"));
}
