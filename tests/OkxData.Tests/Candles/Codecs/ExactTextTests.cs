using CsCheck;
using NUnit.Framework;
using OkxData.Candles.Codecs;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class ExactTextTests
{
    private static readonly Gen<decimal> AnyDecimal = Gen.Select(
        Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, (byte)scale));

    [Test]
    public void Parse_WhatAppendWrote_IsEqual() =>
        AnyDecimal.Array[1, 7].Sample(values =>
        {
            Span<char> text = stackalloc char[7 * ExactText.MaxLength];
            Span<decimal> read = stackalloc decimal[7];
            var length = 0;
            for (var figure = 0; figure < values.Length; figure++)
                length = ExactText.Append(text, length, figure, values[figure]);

            Assert.That(ExactText.Parse(text[..length], read), Is.EqualTo((1u << values.Length) - 1));
            Assert.That(read[..values.Length].ToArray(), Is.EqualTo(values));
        });

    [TestCase("")]
    [TestCase("q")]
    [TestCase("q=")]
    [TestCase("q=;")]
    [TestCase("x=1")]
    [TestCase("q:1")]
    [TestCase("q=1;")]
    [TestCase("q=1.2.3")]
    [TestCase("q=--1")]
    [TestCase("q=-")]
    [TestCase("q=.")]
    [TestCase("q=1e5")]
    [TestCase("q=99999999999999999999999999999999")]
    public void Parse_AnythingElse_IsRefused(string text) =>
        Assert.That(() => ExactText.Parse(text, new decimal[7]), Throws.TypeOf<FormatException>());
}
